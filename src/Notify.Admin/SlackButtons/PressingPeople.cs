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
    SlackWorkspaceStore workspaces, SlackDirectory directory, WorkspaceTokens tokens, SlackClient slack, PersonActors people,
    TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private const int MostKept = 5_000;

    private readonly ConcurrentDictionary<(int Workspace, string User), (SlackUser User, DateTimeOffset At)> _users = new();

    /// <summary>How the trail says from where.</summary>
    public static string OriginOf(ButtonPress press) => $"slack {press.UserId}";

    public async Task<PressingPerson> FindAsync(int workspaceId, ButtonPress press, CancellationToken cancellationToken)
    {
        if (await workspaces.FindAsync(workspaceId, cancellationToken) is not { } workspace)
        {
            return Refused("OtherWorkspace");
        }

        var (user, code) = await UserAsync(workspaceId, press.UserId, cancellationToken);

        // In a channel that is shared with another company, that company's Slack says which addresses its people have.
        if (!await IsOwnAsync(workspace, press.TeamId ?? user?.TeamId, user?.EnterpriseId, cancellationToken))
        {
            // Where only Slack could have said whose they are, its refusal is what is to be mended.
            return user is null && (press.TeamId is null || workspace.IsEnterpriseInstall) ? NotAsked(code) : Refused("OtherWorkspace");
        }

        return user switch
        {
            null => NotAsked(code),
            { IsBot: true } or { IsDeleted: true } => Refused("Unknown"),
            { IsEmailConfirmed: false } => Refused("NotConfirmed"),
            { Email: { Length: > 0 } email } => await people.FindAsync(email, OriginOf(press), cancellationToken) is { } actor
                ? new PressingPerson(actor, null, email) : Refused("Unknown", email),
            _ => Refused("NoEmail"),
        };
    }

    // What a press says of an organisation is the app's own: whose the person is, is said by their workspace, which may be an
    // organisation's id, and by what users.info tells of them. Whose neither says, is somebody else's.
    private async Task<bool> IsOwnAsync(SlackWorkspace workspace, string? teamId, string? enterpriseId, CancellationToken cancellationToken)
    {
        if (teamId is not null && (teamId == workspace.TeamId || teamId == workspace.EnterpriseId))
        {
            return true;
        }

        return workspace.IsEnterpriseInstall
            && ((enterpriseId is not null && enterpriseId == workspace.EnterpriseId)
                || (await directory.TeamsAsync(workspace.Id, cancellationToken)).Any(team => team.TeamId == teamId));
    }

    private static PressingPerson NotAsked(string? code) => new(null, new ButtonAnswer("NotAsked", code), null);

    private static PressingPerson Refused(string reason, string? email = null) => new(null, new ButtonAnswer(reason, email), email);

    private async Task<(SlackUser? User, string? Code)> UserAsync(int workspaceId, string userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_users.TryGetValue((workspaceId, userId), out var kept) && now - kept.At < Kept)
        {
            return (kept.User, null);
        }

        var token = await tokens.BotTokenAsync(workspaceId, cancellationToken);
        var answer = token.Ok ? await slack.GetUserAsync(token.Value, userId, cancellationToken)
            : new SlackAnswer<SlackUser> { Code = SlackErrors.TokenUnreadable };
        if (answer.Value is not { } user)
        {
            return (null, answer.Code);
        }

        // Whoever can mend what is missing is asked again at the next press.
        if (user is { IsBot: false, IsDeleted: false, IsEmailConfirmed: true, Email.Length: > 0 })
        {
            if (_users.Count >= MostKept)
            {
                _users.Clear();
            }

            _users[(workspaceId, userId)] = (user, now);
        }

        return (user, null);
    }
}
