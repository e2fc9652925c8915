import { isSomebodyThere } from './activity';
import type { ErrorBody } from './types';

/** A refused or failed request: `code` is Vigil's error code, `status` the HTTP status (0: no answer). */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: string | null;

  constructor(message: string, code: string, status: number, details: string | null = null) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

let unauthorized: () => void = () => undefined;

/** Sets what happens when the server says that the session is over (401 outside the log-in). */
export function onUnauthorized(listener: () => void): void {
  unauthorized = listener;
}

/** The details of an error, which name fields, limits and ids but never a patient. */
function inWords(details: unknown): string | null {
  if (typeof details === 'string') return details === '' ? null : details;
  if (typeof details !== 'object' || details === null) return null;
  const words = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`);
  return words.length === 0 ? null : words.join('; ');
}

async function refusal(response: Response): Promise<ApiError> {
  // Not JSON: a proxy or the container answered, and the status alone has to tell.
  const body = await response.json().then(
    (json) => json as Partial<ErrorBody>,
    (): Partial<ErrorBody> => ({}),
  );
  const message = body.error ?? `The server answered ${response.status} ${response.statusText}`.trim();
  return new ApiError(message, body.code ?? `HTTP-${response.status}`, response.status, inWords(body.details));
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
  accept?: string;
  /** The log-in itself and the first look for a session: a 401 there is an answer, not an expiry. */
  expectUnauthorized?: boolean;
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: options.accept ?? 'application/json',
    'X-Requested-With': 'vigil',
  };
  // What the page asks by itself keeps no session alive.
  if (!isSomebodyThere()) headers['X-Vigil-Background'] = '1';
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ?? null,
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('The server cannot be reached. Reading goes on without Vigil.', 'NETWORK', 0);
  }
  if (response.status === 401 && !options.expectUnauthorized) unauthorized();
  if (!response.ok) throw await refusal(response);
  return response;
}

/** Sends one request with the session cookie; resolves with the JSON body, or undefined for 204. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Fetches a file and hands it to the browser to keep, under the name that the server gave it. */
export async function download(path: string, options: RequestOptions): Promise<void> {
  const response = await send(path, { accept: '*/*', ...options });
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'download';
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A request whose answer has no body that the page uses. */
export async function command(path: string, options: RequestOptions): Promise<void> {
  await request<unknown>(path, options);
}

/** What went wrong, as an ApiError whatever was thrown. */
export function asApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  return new ApiError(cause instanceof Error ? cause.message : String(cause), 'PAGE', 0);
}
