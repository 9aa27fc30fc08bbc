/** How far a picture may be from its baseline, and why. Never raised to make a test pass: find out what changed. */
export const tolerances = {
  /**
   * Largest difference of a colour channel, of 255, that counts as the same pixel. Software WebGL rounds blending
   * differently by a step or two from one Chromium to the next; a changed colour token differs by far more.
   */
  channel: 12,
  /**
   * Share of a picture's pixels that may differ by more: text rasterisation moves the rims of glyphs when Debian takes
   * a new Chromium. A figure that changed, a bar a few pixels longer or a missing icon is above it.
   */
  share: 0.004,
} as const;
