using System.Collections.Concurrent;
using Notify.Admin.Accounts;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.SlackButtons;

/// <summary>Who has pressed.</summary>
/// <param name="Actor">The person here; null where there is none.</param>
/// <param name="Refusal">Why there is none.</param>
/// <param name="Email">As Slack has it, where it says.</param>
internal sealed record PressingPerson(Actor? Actor, ButtonAnswer? Refusal, string? Email);

/// <summary>Finds the person of this console whose e-mail address a person in Slack has. What Slack says is kept for a few minutes, what
/// this console says is asked each time.</summary>
internal sealed class PressingPeople(
    SlackWorkspaceStore workspaces, WorkspaceTokens tokens, SlackClient slack, PersonActors people, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private const int MostKept = 5_000;

    private readonly ConcurrentDictionary<(int Workspace, string User), (string Email, DateTimeOffset At)> _emails = new();

    /// <summary>How the trail says from where.</summary>
    public static string OriginOf(ButtonPress press) => $"slack {press.UserId}";

    public async Task<PressingPerson> FindAsync(int workspaceId, ButtonPress press, CancellationToken cancellationToken)
    {
        // In a channel that is shared with another company, that company's Slack says which addresses its people have.
        if (await workspaces.FindAsync(workspaceId, cancellationToken) is not { } workspace
            || (!workspace.IsEnterpriseInstall && press.TeamId is not null && press.TeamId != workspace.TeamId))
        {
            return Refused("OtherWorkspace");
        }

        var (email, refusal) = await EmailAsync(workspaceId, press.UserId, cancellationToken);
        if (email is null)
        {
            return new PressingPerson(null, refusal, null);
        }

        return await people.FindAsync(email, OriginOf(press), cancellationToken) is { } actor
            ? new PressingPerson(actor, null, email) : Refused("Unknown", email);
    }

    private static PressingPerson Refused(string reason, string? email = null) => new(null, new ButtonAnswer(reason, email), email);

    private async Task<(string? Email, ButtonAnswer? Refusal)> EmailAsync(
        int workspaceId, string userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_emails.TryGetValue((workspaceId, userId), out var kept) && now - kept.At < Kept)
        {
            return (kept.Email, null);
        }

        var token = await tokens.BotTokenAsync(workspaceId, cancellationToken);
        var answer = token.Ok ? await slack.GetUserAsync(token.Value, userId, cancellationToken)
            : new SlackAnswer<SlackUser> { Code = SlackErrors.TokenUnreadable };
        switch (answer.Value)
        {
            case null:
                return (null, new ButtonAnswer("NotAsked", answer.Code));
            case { IsBot: true } or { IsDeleted: true }:
                return (null, new ButtonAnswer("Unknown"));
            case { IsEmailConfirmed: false }:
                return (null, new ButtonAnswer("NotConfirmed"));
            case { Email: not { Length: > 0 } }:
                return (null, new ButtonAnswer("NoEmail"));
            case { Email: { } email }:
                if (_emails.Count >= MostKept)
                {
                    _emails.Clear();
                }

                _emails[(workspaceId, userId)] = (email, now);
                return (email, null);
        }
    }
}
