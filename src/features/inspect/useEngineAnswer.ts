import { useEffect, useRef, useState } from 'react';
import { newTaskId } from '../../state/activity';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import type { EngineApi, OnProgress, Outcome } from '../../worker/api';

/** What is known of a question: the latest answer stays on screen while the next one is worked out. */
export interface Answer<T> {
  readonly value: T | null;
  readonly message: string | null;
  readonly isWaiting: boolean;
  /** Share done of a long computation and what it is doing; null before it reports. */
  readonly progress: { readonly share: number; readonly phase: string } | null;
}

/**
 * Asks the engine whenever `key` changes; null asks nothing. An answer that was overtaken is dropped, and its
 * computation cancelled.
 * @param key Names everything the answer depends on.
 */
export function useEngineAnswer<T>(
  key: string | null,
  question: (engine: EngineApi, taskId: string, report: OnProgress) => Promise<Outcome<T>>,
  delayMs = 0,
): Answer<T> {
  const store = useStudioStore();
  const loaded = useStudio((s) => s.loadedData);
  const [state, setState] = useState<Answer<T>>({ value: null, message: null, isWaiting: false, progress: null });
  const latest = useRef(question);
  latest.current = question;
  useEffect(() => {
    if (key === null || loaded === null) {
      setState({ value: null, message: null, isWaiting: false, progress: null });
      return;
    }
    let isLatest = true;
    const taskId = newTaskId('view');
    setState((before) => ({ ...before, isWaiting: true, progress: null }));
    const timer = setTimeout(() => {
      const report: OnProgress = (share, phase) => {
        if (isLatest) setState((before) => ({ ...before, progress: { share, phase } }));
      };
      void store
        .getState()
        .ask((engine) => latest.current(engine, taskId, report))
        .then((outcome) => {
          if (!isLatest) return;
          setState(
            outcome.ok
              ? { value: outcome.value, message: null, isWaiting: false, progress: null }
              : { value: null, message: outcome.message, isWaiting: false, progress: null },
          );
        });
    }, delayMs);
    return () => {
      isLatest = false;
      clearTimeout(timer);
      store.getState().cancelTask(taskId);
    };
  }, [store, key, loaded, delayMs]);
  return state;
}
