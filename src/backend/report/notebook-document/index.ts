export { notebookDocument, notebookHtmlBody, renderNotebook } from './notebook-document'
export type { NotebookHead, NotebookRendering, NotebookTextFormat } from './notebook-head'
