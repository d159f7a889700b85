export function packClient(folder: string, into: string): string;
export function stageClient(folder: string): void;
