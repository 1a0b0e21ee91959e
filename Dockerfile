# The gateway and the actualizer in one image, without a shell or a package manager: docs/image.md.
# Bases are named by tag and digest; without digests nothing is built.
ARG NODE_IMAGE=node:20.20-bookworm-slim
ARG NODE_DIGEST
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs20-debian12:nonroot
ARG RUNTIME_DIGEST

# Everything that building takes, as the lock file has it.
FROM ${NODE_IMAGE}@${NODE_DIGEST} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
RUN npm ci --ignore-scripts

# What runs, and its pages.
FROM dependencies AS build
COPY tsconfig.base.json tsconfig.json ./
COPY client client
COPY src src
COPY pages pages
RUN npm run build
RUN find dist -type f \( -name '*.map' -o -name '.tsbuildinfo' \) -delete

# What it needs to run, and no more: no compiler reads typings here, and nobody debugs these packages by their sources.
FROM dependencies AS production
RUN npm pkg delete devDependencies workspaces scripts
RUN npm prune --omit=dev --ignore-scripts
RUN find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete

# What is in it, of those packages that are really there.
FROM production AS inventory
RUN npm sbom --omit=dev --sbom-type=application --sbom-format=cyclonedx > sbom.cdx.json

# docker build --target sbom --output .
FROM scratch AS sbom
COPY --from=inventory /app/sbom.cdx.json /

FROM ${RUNTIME_IMAGE}@${RUNTIME_DIGEST} AS runtime
WORKDIR /app
COPY --from=production /app/node_modules node_modules
COPY --from=inventory /app/package.json /app/sbom.cdx.json ./
COPY trusted-documents.json trusted-documents.released.json ./
COPY deploy/chart/files/rules deploy/chart/files/rules
COPY --from=build /app/dist dist

ENV NODE_ENV=production \
    PATH=/nodejs/bin:/usr/local/bin:/usr/bin:/bin \
    HOST=0.0.0.0 PORT=4000 \
    ACTUALIZER_HOST=0.0.0.0 ACTUALIZER_PORT=4001
EXPOSE 4000 4001
USER 65532:65532
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 CMD ["node", "dist/health.js"]
ENTRYPOINT ["node"]
CMD ["dist/main.js"]

# Last, since they differ from build to build.
ARG RUNTIME_IMAGE
ARG RUNTIME_DIGEST
ARG VERSION
ARG COMMIT
ARG BUILT_AT
ENV SETT_COMMIT=${COMMIT} SETT_BUILT_AT=${BUILT_AT}
LABEL org.opencontainers.image.title="Sett" \
      org.opencontainers.image.description="One GraphQL door, with a permission layer, to a LunchBadger platform" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}" \
      org.opencontainers.image.created="${BUILT_AT}" \
      org.opencontainers.image.base.name="${RUNTIME_IMAGE}" \
      org.opencontainers.image.base.digest="${RUNTIME_DIGEST}"
