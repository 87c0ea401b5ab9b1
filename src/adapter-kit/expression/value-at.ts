import type { Json } from '#kernel';
import { isJsonObject } from '../exact-json.ts';

/**
 * What stands at a dotted path ('error.code', 'lines.0.item'); the empty path is the whole. A key
 * that itself has dots ('@odata.nextLink') is found by its name. Undefined: nothing is there.
 */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  if (path === '' || value === undefined) return value;
  if (isJsonObject(value) && Object.hasOwn(value, path)) return value[path];
  const dot = path.indexOf('.');
  const [step, rest] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)];
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    return /^\d+$/.test(step) ? valueAt(list[Number(step)], rest) : undefined;
  }
  return isJsonObject(value) && Object.hasOwn(value, step) ? valueAt(value[step], rest) : undefined;
}

/** The text at a path: text as it is, true and false as words. Undefined: nothing, or no scalar. */
export function textAt(value: Json | undefined, path: string): string | undefined {
  const found = valueAt(value, path);
  if (typeof found === 'string') return found;
  return typeof found === 'boolean' || typeof found === 'number' ? String(found) : undefined;
}
