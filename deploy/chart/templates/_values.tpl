{{/* Reading values, and refusing those that make no sense. */}}

{{/* A value as the environment has it. Numbers come as floats, and are not to be written like 1e+06. */}}
{{- define "sett.text" -}}
{{- if not (kindIs "float64" .) }}{{ . }}
{{- else if eq (floor .) . }}{{ int64 . }}
{{- else }}{{ . }}
{{- end }}
{{- end }}

{{/* Variables and their values, of which the later stand over the earlier; merge takes a false for nothing said. */}}
{{- define "sett.variables" -}}
{{- $all := dict }}
{{- range $some := . }}
{{- range $name, $value := $some }}
{{- $_ := set $all $name $value }}
{{- end }}
{{- end }}
{{- range $name, $value := $all -}}
{{ $name }}: {{ include "sett.text" $value | quote }}
{{ end }}
{{- end }}

{{/* A duration such as 250ms, 10s or 1m, in whole seconds: takes a dict of name and value. */}}
{{- define "sett.seconds" -}}
{{- if not (regexMatch "^[0-9]+(ms|s|m|h)$" (toString .value)) }}
{{- fail (printf "%s: %v is no duration such as 250ms, 10s or 1m" .name .value) }}
{{- end }}
{{- $amount := regexFind "^[0-9]+" .value | int64 }}
{{- $unit := regexFind "[a-z]+$" .value }}
{{- if eq $unit "ms" }}{{ div (add $amount 999) 1000 }}
{{- else if eq $unit "s" }}{{ $amount }}
{{- else if eq $unit "m" }}{{ mul $amount 60 }}
{{- else }}{{ mul $amount 3600 }}
{{- end }}
{{- end }}

{{/* Whether people sign in with a browser; nothing where they do not. */}}
{{- define "sett.signsIn" -}}
{{- $of := .Values.gateway.config | default dict }}
{{- if or (hasKey .Values.config "GITEA_OAUTH_CLIENT_ID") (hasKey $of "GITEA_OAUTH_CLIENT_ID") }}yes{{ end }}
{{- end }}

{{/* How long a pod may take to end: takes a dict of root and the names below gateway or actualizer. */}}
{{- define "sett.grace" -}}
{{- $sum := 10 }}
{{- range $name := .names }}
{{- $value := index (index $.root.Values $.component) $name }}
{{- $sum = add $sum (include "sett.seconds" (dict "name" (printf "%s.%s" $.component $name) "value" $value) | int64) }}
{{- end }}
{{- $sum }}
{{- end }}

{{/* How many gateways there are at least, and at most. */}}
{{- define "sett.least" -}}
{{- .Values.gateway.autoscaling.enabled | ternary .Values.gateway.autoscaling.minReplicas .Values.gateway.replicas | int }}
{{- end }}
{{- define "sett.most" -}}
{{- .Values.gateway.autoscaling.enabled | ternary .Values.gateway.autoscaling.maxReplicas .Values.gateway.replicas | int }}
{{- end }}

{{/* What no schema can say. */}}
{{- define "sett.check" -}}
{{- $hasRedis := or .Values.redis.enabled .Values.redis.existing.name }}
{{- if and .Values.redis.enabled .Values.redis.existing.name }}
{{- fail "redis.enabled and redis.existing.name: there is one Redis, so set one of the two" }}
{{- end }}
{{- if and (gt (include "sett.most" . | int) 1) (not $hasRedis) }}
{{- fail "gateway.replicas or gateway.autoscaling.maxReplicas: more than one gateway needs a Redis that they share; set redis.existing.name, or redis.enabled" }}
{{- end }}
{{- if gt (include "sett.least" . | int) (include "sett.most" . | int) }}
{{- fail "gateway.autoscaling.minReplicas: is more than maxReplicas" }}
{{- end }}
{{- if and .Values.redis.enabled (not .Values.redis.password.name) }}
{{- fail "redis.password.name: the Redis that comes along needs the Secret that has its password" }}
{{- end }}
{{- if not .Values.secrets.GITEA_TOKEN.name }}
{{- fail "secrets.GITEA_TOKEN.name: nothing works without the gateway's own token" }}
{{- end }}
{{- end }}
