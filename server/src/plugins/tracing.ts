/**
 * A span for each request, sent by OTLP over HTTP. Off unless `OTEL_EXPORTER_OTLP_ENDPOINT` is set; nothing of OpenTelemetry is loaded before. A span
 * knows the route's pattern, the status and the request's id, as the log does.
 */
import { setTimeout } from 'node:timers/promises';
import type { Span } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config/config.ts';

/** For the last spans. */
const closeMs = 2000;

interface Options {
  config: Config;
  version: string;
}

export const tracing = fp(async (app, { config: { tracesUrl }, version }: Options) => {
  if (tracesUrl === null) return;
  const { context, SpanKind, SpanStatusCode } = await import('@opentelemetry/api');
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const exporter = new OTLPTraceExporter({ url: `${tracesUrl.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'racing-coach-server', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('racing-coach', version);
  const spans = new WeakMap<FastifyRequest, Span>();

  app.addHook('onRequest', async (request) => {
    const route = request.routeOptions.url ?? 'none';
    const method = request.is404 ? 'none' : request.method;
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      'racing_coach.request_id': request.id,
    };
    spans.set(
      request,
      tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, context.active()),
    );
  });
  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
  app.addHook('onRequestAbort', async (request) => spans.get(request)?.end());
  app.addHook('onClose', async () => {
    // What is not sent by then is lost: a collector that is gone holds up no stop.
    await Promise.race([
      provider.shutdown().catch(() => undefined),
      setTimeout(closeMs, null, { ref: false }),
    ]);
  });
});
