/** The parts of the page, by id; their contents come later. */
export const layout = `
  <nav aria-label="Nodes">
    <h1 id="computers"></h1>
    <vscode-tree id="nodes" indent-guides="none"></vscode-tree>
  </nav>
  <main>
    <vscode-progress-bar id="progress" class="idle"></vscode-progress-bar>
    <header>
      <h2 id="title"></h2>
      <p id="description"></p>
    </header>
    <search>
      <vscode-textfield id="filter" type="search" placeholder="Filter rows" label="Filter rows">
        <span slot="content-before" class="codicon codicon-filter" aria-hidden="true"></span>
      </vscode-textfield>
      <div role="toolbar" aria-label="Table">
        <vscode-toolbar-button id="live" toggleable label="Live" title="Read it again every few seconds">
          <span class="codicon codicon-broadcast" aria-hidden="true"></span> Live
        </vscode-toolbar-button>
        <vscode-toolbar-button id="refresh" label="Refresh" title="Read it again now">
          <span class="codicon codicon-refresh" aria-hidden="true"></span> Refresh
        </vscode-toolbar-button>
        <vscode-toolbar-button id="export" label="Export…" title="Write what is shown into a file, or open it as text">
          <span class="codicon codicon-desktop-download" aria-hidden="true"></span> Export…
        </vscode-toolbar-button>
      </div>
    </search>
    <div class="stage">
      <div id="grid" role="grid" tabindex="0"></div>
      <p id="empty" role="status"></p>
    </div>
    <footer>
      <p id="count" role="status"></p>
      <p id="source"></p>
    </footer>
  </main>`;
