{{/* Who is meant in network policies. */}}

{{/* The gateway, the actualizer and the doctor, in whichever namespace they are asked from. */}}
{{- define "sett.peer.own" -}}
- namespaceSelector:
    matchLabels: { kubernetes.io/metadata.name: {{ .Release.Namespace }} }
  podSelector: {{- include "sett.ownPods" . | nindent 4 }}
{{- end }}

{{- define "sett.ownPods" -}}
matchLabels:
  app.kubernetes.io/name: {{ include "sett.name" . }}
  app.kubernetes.io/instance: {{ .Release.Name }}
matchExpressions:
  - { key: app.kubernetes.io/component, operator: In, values: [gateway, actualizer, doctor] }
{{- end }}

{{/* All pods of a namespace, if it is named. */}}
{{- define "sett.peer.namespace" -}}
{{- with . }}
- namespaceSelector:
    matchLabels: { kubernetes.io/metadata.name: {{ . }} }
{{- end }}
{{- end }}

{{/* Pods of a namespace: takes a dict of namespace and labels. */}}
{{- define "sett.peer.pods" -}}
- namespaceSelector:
    matchLabels: { kubernetes.io/metadata.name: {{ .namespace }} }
  podSelector:
    matchLabels: {{- toYaml .labels | nindent 6 }}
{{- end }}

{{/*
The labels of a service's pods: takes a dict of labels and of the app that is meant where none are said. The latter are no
values of the chart's own, as Helm would add them to those of others, and then no pod has them all.
*/}}
{{- define "sett.serviceLabels" -}}
{{- toYaml (default (dict "app" .app) .labels) }}
{{- end }}

{{/* Peers that the values name, as they are. */}}
{{- define "sett.peer.further" -}}
{{- with . }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{/* Ports, of TCP. */}}
{{- define "sett.ports" -}}
{{- range . }}
- { port: {{ ternary (toString .) (toString (int64 .)) (kindIs "string" .) }}, protocol: TCP }
{{- end }}
{{- end }}
