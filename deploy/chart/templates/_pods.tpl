{{/* What the pods of the gateway, of the actualizer and of the doctor have in common. */}}

{{- define "sett.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "sett.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* What comes from secrets: takes a dict of root and what the component has no use for. */}}
{{- define "sett.secrets" -}}
{{- range $name, $secret := .root.Values.secrets }}
{{- if and $secret.name (not (has $name $.without)) }}
- name: {{ $name }}
  valueFrom: { secretKeyRef: { name: {{ $secret.name }}, key: {{ $secret.key }}, optional: {{ $secret.optional }} } }
{{- end }}
{{- end }}
{{- end }}

{{/* All that a gateway is told, and so the doctor. */}}
{{- define "sett.gateway.environment" -}}
envFrom:
  - configMapRef: { name: {{ include "sett.fullname" . }} }
env:
  {{- $without := list }}
  {{- if not (include "sett.signsIn" .) }}
  {{- /* They mean nothing without a client that they are of, and the gateway says so and ends. */}}
  {{- $without = list "GITEA_OAUTH_CLIENT_SECRET" "SESSION_SECRET" }}
  {{- end }}
  {{- include "sett.secrets" (dict "root" . "without" $without) | trim | nindent 2 }}
  {{- if .Values.redis.existing.name }}
  - name: REDIS_URL
    valueFrom: { secretKeyRef: { name: {{ .Values.redis.existing.name }}, key: {{ .Values.redis.existing.key }} } }
  {{- else if .Values.redis.enabled }}
  - name: BUNDLED_REDIS_PASSWORD
    valueFrom: { secretKeyRef: { name: {{ .Values.redis.password.name }}, key: {{ .Values.redis.password.key }} } }
  # The kubelet puts the password in.
  - { name: REDIS_URL, value: "redis://sett:$(BUNDLED_REDIS_PASSWORD)@{{ include "sett.redis.name" . }}:6379" }
  {{- end }}
  {{- with .Values.gateway.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{/* Files from elsewhere, of a pod and of its container: each takes the values of a component. */}}
{{- define "sett.volumes" -}}
{{- with .extraVolumes }}
volumes: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- define "sett.mounts" -}}
{{- with .extraVolumeMounts }}
volumeMounts: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Where pods may run: takes the values of a component. */}}
{{- define "sett.place" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{- define "sett.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Keeps replicas apart, besides what is asked for: takes a dict of root. */}}
{{- define "sett.gateway.affinity" -}}
{{- $gateway := .root.Values.gateway }}
{{- $affinity := deepCopy $gateway.affinity }}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (include "sett.selector" (dict "root" .root "component" "gateway") | fromYaml)) }}
{{- $own := dict }}
{{- if eq $gateway.antiAffinity "required" }}
{{- $own = dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term) }}
{{- else if eq $gateway.antiAffinity "preferred" }}
{{- $own = dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 100 "podAffinityTerm" $term)) }}
{{- end }}
{{- if $own }}
{{- $affinity = merge $affinity (dict "podAntiAffinity" $own) }}
{{- end }}
{{- with $affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
