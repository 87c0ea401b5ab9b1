/** Whether decimal text is above zero. */
export const isAbove = (text: string): boolean => !text.startsWith('-') && /[1-9]/.test(text);
