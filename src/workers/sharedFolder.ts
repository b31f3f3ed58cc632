/**
 * What a folder is called in a ledger of many machines: its last name, since the same repository lies elsewhere on each of them.
 * Folders of the same name that share a database are taken for the same.
 */
export function sharedFolder(folder: string): string {
  return folder.split(/[\\/]/).findLast((name) => name !== '') ?? folder;
}
