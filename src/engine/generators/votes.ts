/**
 * The level most voters hold; among tied levels, in order of first vote, the one `choose` picks.
 * @param votes Scratch, one entry a level, all zero; left so.
 */
export function mostVoted(voters: Int32Array, votes: Int32Array, choose: (tied: number) => number): number {
  let top = 0;
  for (const level of voters) {
    const count = votes[level]! + 1;
    votes[level] = count;
    if (count > top) top = count;
  }
  let tied = 0;
  for (const level of voters) {
    if (votes[level] === top) {
      tied++;
      votes[level] = -top; // counted once, still recognisable below
    }
  }
  let remaining = tied > 1 ? choose(tied) : 0;
  let winner = -1;
  for (const level of voters) {
    if (winner < 0 && votes[level] === -top && remaining-- === 0) winner = level;
    votes[level] = 0;
  }
  return winner;
}
