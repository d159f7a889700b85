# The build needs the development dependencies, the image does not.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN node -e "import('./scripts/build-if-stale.mjs').then(({ buildIfStale }) => buildIfStale())"

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/var/lib/footfall
WORKDIR /app
COPY package.json package-lock.json ./
# No embedded PostgreSQL in the image: it is given a DATABASE_URL.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force \
  && install -d -m 0700 -o node -g node /var/lib/footfall
COPY --from=build /app/dist ./dist
COPY scripts ./scripts
USER node
VOLUME /var/lib/footfall
EXPOSE 3000
# Longer than a drain: the grace, requests in flight, the writer's last batch.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "dist/apps/server/src/main.js"]
