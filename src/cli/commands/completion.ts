import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';

const scripts: Readonly<Record<string, string>> = {
  bash: `_sideband() {
  local word=\${COMP_WORDS[COMP_CWORD]}
  mapfile -t COMPREPLY < <(sideband __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [ -n "$word" ] || [ \${#COMPREPLY[@]} -gt 0 ]
}
complete -F _sideband sideband
`,
  zsh: `#compdef sideband
_sideband() {
  local -a candidates
  candidates=("\${(@f)$(sideband __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a candidates
}
compdef _sideband sideband
`,
};

export const completion: Command = {
  usage: 'completion bash|zsh',
  description: 'Prints a script that completes commands, options, operations, nodes and targets.',
  examples: ['source <(sideband completion bash)', 'sideband completion zsh > "${fpath[1]}/_sideband"'],
  run({ args, io }) {
    const [shell = ''] = args.positionals;
    const script = scripts[shell];
    if (script === undefined) {
      throw new SidebandError('usage.invalid', `bash or zsh is expected.${didYouMean(shell, Object.keys(scripts))}`);
    }
    io.out(script);
    return Promise.resolve(exitCodes.done);
  },
};
