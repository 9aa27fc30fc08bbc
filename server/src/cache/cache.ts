/**
 * Answers that are dear to make. Two implementations, memory and Redis, pass one suite. A cache that is gone is a cache that knows nothing: it
 * never fails a request, and what is read from it is as good as what would be made.
 */
export interface Cache {
  readonly kind: 'memory' | 'redis' | 'redis-gone';
  /**
   * The value of `key`, or what `make` makes, kept for `seconds`. Made once for those who ask at the same time.
   * @param tags names that `invalidate` forgets all values of
   */
  through<Value>(
    key: string,
    options: { seconds: number; tags: string[] },
    make: () => Promise<Value>,
  ): Promise<Value>;
  invalidate(tags: string[]): Promise<void>;
  close(): Promise<void>;
}
