/** The parts of the page, by id; their contents come later. */
export const layout = `
  <main>
    <vscode-progress-bar id="progress" class="idle"></vscode-progress-bar>
    <header>
      <div class="what">
        <h1><span id="title"></span> <span id="state"></span></h1>
        <p id="facts"></p>
      </div>
      <div role="toolbar" aria-label="Run">
        <vscode-toolbar-button id="cancel" hidden label="Cancel" title="Finish what is under way, and begin nothing else">
          <span class="codicon codicon-debug-stop" aria-hidden="true"></span> Cancel
        </vscode-toolbar-button>
        <vscode-toolbar-button id="resume" hidden label="Resume" title="Go on where the run was interrupted">
          <span class="codicon codicon-debug-continue" aria-hidden="true"></span> Resume
        </vscode-toolbar-button>
        <vscode-toolbar-button id="rerun" hidden label="Rerun Failed" title="Do it again on the computers that did not succeed">
          <span class="codicon codicon-debug-rerun" aria-hidden="true"></span> Rerun Failed
        </vscode-toolbar-button>
        <vscode-toolbar-button id="export" hidden label="Export…" title="Write a report of the run into a file">
          <span class="codicon codicon-desktop-download" aria-hidden="true"></span> Export…
        </vscode-toolbar-button>
      </div>
    </header>
    <search>
      <vscode-textfield id="filter" type="search" placeholder="Filter computers" label="Filter computers">
        <span slot="content-before" class="codicon codicon-filter" aria-hidden="true"></span>
      </vscode-textfield>
      <div id="chips" role="group" aria-label="Outcomes"></div>
      <label class="sort">Sort by
        <select id="sort">
          <option value="urgency">urgency</option>
          <option value="name">name</option>
          <option value="duration">duration</option>
          <option value="plan">plan</option>
        </select>
      </label>
    </search>
    <div class="stage">
      <div id="grid" class="named" role="grid" tabindex="0" aria-readonly="true"></div>
      <p id="empty" role="status"></p>
    </div>
    <section id="detail" hidden aria-label="Details"></section>
    <footer>
      <p id="count" role="status"></p>
      <p id="times"></p>
    </footer>
  </main>`;
