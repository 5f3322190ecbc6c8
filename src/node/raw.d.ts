// Vite gives a file's text for this; the types of it come with the DOM, which this side must not see.
declare module '*?raw' {
  const text: string
  export default text
}
