/** A part of the page under one heading, and a group of settings in it. */
import type { ComponentChildren } from 'preact';
import type { FieldPath } from '../client/drafts.ts';
import { FieldView } from './controls.tsx';
import { describeField } from './describe.ts';

export function Section({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children: ComponentChildren;
}) {
  return (
    <section class="section" aria-labelledby="section-title">
      <h1 id="section-title" tabIndex={-1}>
        {title}
      </h1>
      <p class="lead">{lead}</p>
      {children}
    </section>
  );
}

export function Group({
  title,
  about,
  children,
}: {
  title: string;
  about?: string;
  children: ComponentChildren;
}) {
  return (
    <div class="group">
      <h2>{title}</h2>
      {about === undefined ? null : <p class="about">{about}</p>}
      <div class="card">{children}</div>
    </div>
  );
}

/** Settings drawn from their schemas alone. */
export function Fields({ paths }: { paths: readonly FieldPath[] }) {
  return (
    <>
      {paths.map((path) => (
        <FieldView key={path} field={describeField(path)} />
      ))}
    </>
  );
}

/** What there is when there is nothing yet, and what to do about it. */
export function Empty({ title, todo }: { title: string; todo: string }) {
  return (
    <div class="empty">
      <svg viewBox="0 0 64 32" width="64" height="32" aria-hidden="true">
        <path d="M4 24c8-18 16-18 22-8s14 10 20 0 10-10 14-8" />
        <circle cx="60" cy="8" r="3" />
      </svg>
      <p>
        <strong>{title}</strong>
      </p>
      <p class="help">{todo}</p>
    </div>
  );
}

export function Problem({ text }: { text: string }) {
  return (
    <p class="notice bad" role="alert">
      {text}
    </p>
  );
}
