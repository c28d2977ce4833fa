/**
 * The command {@code blockcopy}: the engine for people and for scripts, in the habits of {@code virsh blockcopy}.
 *
 * <p>{@code Blockcopy} is the entry. Each subcommand is a small class that turns its options into one call of
 * {@code Copies} (the engine as this package sees it), lets a {@code Follower} wait for what was asked, and ends with an
 * {@code ExitCode}. What is told to people is worded in {@code ResultText} and {@code ProgressText}; what is told to
 * programs is declared once, member by member, in {@code Documents}, which {@code docs/json.md} is generated from.
 *
 * <p>Standard output carries the answer, or with {@code --json} one document and nothing else; progress, warnings and
 * refusals go to standard error, a refusal in one line.
 */
package dev.blockcopy.engine.command;
