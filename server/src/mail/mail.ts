/** Letters to users. A letter that cannot be sent is logged by whoever asked for it and changes no answer. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
}

export interface Mail {
  send(letter: Letter): Promise<void>;
  close(): void;
}
