/**
 * What the page adds to Swagger UI's own looks: text that reads well, nothing empty, and room for a
 * telephone. Dark is Swagger UI's own, where the reader's system is dark.
 */
export const STYLE = `
.swagger-ui { --line: #d9dbe0; --code: #3d2a78; --code-ground: #efedf7; --text: #3b4151; --sans: system-ui, sans-serif }
.dark-mode .swagger-ui { --line: #3f4652; --code: #cfc4f7; --code-ground: #2d2f3f; --text: #e4e6e6 }
.swagger-ui .topbar { display: none }
.swagger-ui .wrapper { max-width: 1120px; padding: 0 20px }
.swagger-ui .info.info { margin: 28px 0 8px }
.swagger-ui .info .title { font: 700 30px/1.2 var(--sans) }

.swagger-ui .renderedMarkdown { max-width: 960px }
.swagger-ui .renderedMarkdown :is(p, li, td, th) { font: 15px/1.5 var(--sans); overflow-wrap: break-word }
.swagger-ui .renderedMarkdown h3 { margin: 24px 0 8px; font: 600 19px/1.3 var(--sans) }
.swagger-ui .renderedMarkdown p:empty { display: none }
.swagger-ui .renderedMarkdown p { margin: 0 0 10px }
.swagger-ui .renderedMarkdown li { margin: 3px 0 }
.swagger-ui .renderedMarkdown :is(ol, ul) { margin: 6px 0 12px; padding-left: 24px }
.swagger-ui .renderedMarkdown code.code, .swagger-ui .renderedMarkdown code {
  padding: 1px 4px; font-size: 13px; font-weight: 500; color: var(--code); background: var(--code-ground);
  overflow-wrap: anywhere;
}
.swagger-ui .renderedMarkdown pre { margin: 0 0 12px; padding: 10px 12px; border-radius: 4px; background: var(--code-ground) }
.swagger-ui .renderedMarkdown pre code { padding: 0; background: none }
.swagger-ui .renderedMarkdown table.table, .swagger-ui .renderedMarkdown table { width: 100%; padding: 0; margin: 4px 0 12px; border-collapse: collapse }
.swagger-ui .renderedMarkdown table tr :is(td, th):is(td, th) {
  width: auto; min-width: 0; max-width: none; padding: 5px 14px 5px 0; vertical-align: top; text-align: left;
  border-bottom: 1px solid var(--line);
}
.swagger-ui .renderedMarkdown table tr :is(td, th):first-child { white-space: nowrap }
.swagger-ui .renderedMarkdown td code { overflow-wrap: break-word }
.swagger-ui .renderedMarkdown table th { font-weight: 600 }
.swagger-ui .renderedMarkdown section { border-top: 1px solid var(--line) }
.swagger-ui .renderedMarkdown section:has(+ p:empty:last-child) { border-bottom: 1px solid var(--line) }
.swagger-ui .renderedMarkdown summary { padding: 8px 0; cursor: pointer; color: var(--text); font: 600 15px/1.4 var(--sans) }
.swagger-ui .examples-select__section-label { color: var(--text) }

.swagger-ui .scheme-container.scheme-container { position: sticky; top: 0; z-index: 5; margin: 0 0 4px; padding: 8px 0; box-shadow: 0 1px 3px rgba(0, 0, 0, .15) }
.swagger-ui .scheme-container .schemes { justify-content: flex-end }

.swagger-ui .opblock-tag { flex-wrap: wrap; padding: 12px 8px 8px 0; font: 600 20px/1.3 var(--sans) }
.swagger-ui .opblock-tag:hover { background: none }
.swagger-ui .opblock-tag small { flex: 1 1 300px; padding: 0 10px }
.swagger-ui .opblock-tag small p { margin: 0; font-size: 14px }
.swagger-ui .opblock.opblock { margin: 0 0 8px; box-shadow: none; scroll-margin-top: 64px }
.swagger-ui .opblock .opblock-summary-description { font: 14px/1.4 var(--sans) }
.swagger-ui .opblock-description-wrapper.opblock-description-wrapper { padding: 14px 20px 6px }

.swagger-ui :is(.response-col_links, .try-out, .response-controls:has(option:only-child)) { display: none }
.swagger-ui .opblock-section-header:has(+ .parameters-container > .opblock-description-wrapper),
.swagger-ui .parameters-container:has(> .opblock-description-wrapper) { display: none }
/* Refusals look alike everywhere: the 400 shows how, the guide explains the others. */
.swagger-ui tr.response:is([data-code='401'], [data-code='403'], [data-code='404'], [data-code='408'],
  [data-code='413'], [data-code='415'], [data-code='503']) .model-example { display: none }
.swagger-ui .dialog-ux .auth-container input { width: 100%; max-width: none }
.swagger-ui table.responses-table { table-layout: fixed }
.swagger-ui .response-col_status { width: 64px }
.swagger-ui textarea.body-param__text { min-height: 60px; max-height: 480px; field-sizing: content; font-size: 13px; font-weight: 500 }
.swagger-ui .microlight { font-weight: 500 }

@media (max-width: 640px) {
  .swagger-ui .wrapper { padding: 0 12px }
  .swagger-ui .opblock-tag small { flex-basis: 100%; order: 1; padding: 4px 0 0 }
  .swagger-ui .opblock .opblock-summary-method { min-width: 64px; padding: 4px 0 }
  .swagger-ui .opblock .opblock-summary-path-description-wrapper { flex: 1 1 0; flex-wrap: wrap; min-width: 0 }
  .swagger-ui .opblock .opblock-summary-path.opblock-summary-path { max-width: 100%; flex: 1 1 auto }
  .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: 2px 0 0 }
  .swagger-ui .opblock-description-wrapper.opblock-description-wrapper { padding: 12px 12px 4px }
  .swagger-ui .renderedMarkdown table tr :is(td, th):is(td, th) { padding-right: 8px }
  .swagger-ui .renderedMarkdown table.table, .swagger-ui .renderedMarkdown table { display: block; overflow-x: auto }
  .swagger-ui .renderedMarkdown table tr :is(td, th):first-child { white-space: normal }
}
`;
