export const CLIENT: string;
export function buildClient(folder?: string): void;
