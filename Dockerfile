# One image for migrate, web, worker and beat; docker-compose.yml says which runs what.
FROM node:24-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

FROM python:3.13-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=gsp.settings.production
RUN useradd --system --create-home --uid 10001 gsp && install -d -o gsp -g gsp /data
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
COPY --from=assets /assets/node_modules node_modules
# These stand-ins live for this one command: the image holds no secret.
RUN SECRET_KEY=only-to-collect-static-files ENCRYPTION_KEYS=none BLIND_INDEX_KEYS=none ALLOWED_HOSTS=none \
    DATABASE_URL=postgresql://none/none REDIS_URL=redis://none \
    python manage.py collectstatic --no-input --verbosity 0
USER gsp
ENV GSP_DATA=/data
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "gsp.wsgi", "--bind", "0.0.0.0:8000"]
