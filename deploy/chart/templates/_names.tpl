{{/* What is called how, and which labels it has. */}}

{{- define "sett.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "sett.fullname" -}}
{{- $name := include "sett.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* The labels that pods of a component are found by: takes a dict of root and component. */}}
{{- define "sett.selector" -}}
app.kubernetes.io/name: {{ include "sett.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Those of pods: nothing that another chart alone would make another pod of. */}}
{{- define "sett.podLabels" -}}
{{ include "sett.selector" . }}
app.kubernetes.io/part-of: sett
{{- end }}

{{- define "sett.labels" -}}
{{ include "sett.podLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* The Redis that comes along, and the account that the gateway has there. */}}
{{- define "sett.redis.name" -}}
{{- printf "%s-redis" (.Release.Name | trunc 40 | trimSuffix "-") }}
{{- end }}

{{/* The account that each component has: takes a dict of root and component. */}}
{{- define "sett.account" -}}
{{- $account := (index .root.Values .component).serviceAccount }}
{{- $own := include "sett.fullname" .root }}
{{- if eq .component "actualizer" }}{{ $own = printf "%s-actualizer" $own }}{{ end }}
{{- default (ternary $own "default" $account.create) $account.name }}
{{- end }}

{{/* By digest where there is one: takes a dict of image and tag. */}}
{{- define "sett.image" -}}
{{- if .image.digest -}}
{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ .image.repository }}:{{ default .tag .image.tag }}
{{- end }}
{{- end }}
