import { useEffect, useState } from 'react';

const STEP_MS = 20_000;

/** The present, renewed often enough for 'three minutes ago' to stay true. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
