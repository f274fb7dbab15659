using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>The channels that a token sees, for the picker, which reads on until it has them all. What was read is kept for a minute after
/// the last page, so that opening the picker again or typing in it costs no call: Slack allows twenty such calls a minute.</summary>
internal sealed class SlackChannelDirectory(
    SlackIntegrationStore store, ISlackConnections connections, SlackClient client, SecretProtector protector,
    IStringLocalizer<SlackText> texts, TimeProvider time)
{
    private const int MostKept = 100;
    private const string AllTypes = "public_channel,private_channel";
    private const string PublicOnly = "public_channel";
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(1);

    // Of this process only: what is kept is found by it, and nothing can be learned from it.
    private readonly byte[] _fingerprintKey = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, Listing> _listings = new(StringComparer.Ordinal);

    /// <summary>The channels seen by the chosen workspace's token, or the typed one, or else the stored one.</summary>
    /// <param name="integrationId">Whose stored token to use when no workspace is chosen and none is typed.</param>
    /// <param name="more">Reads one page more than was read so far.</param>
    /// <returns>Null when there is no token to use.</returns>
    public async Task<SlackChannelChoices?> ListAsync(
        int? integrationId, int? workspaceId, string? typedToken, bool more, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        string? token;
        try
        {
            token = await TokenOfAsync(integrationId, workspaceId, typedToken, cancellationToken);
        }
        catch (SecretUnreadableException)
        {
            return new SlackChannelChoices([], false, null, Failure(SlackErrors.TokenUnreadable, null));
        }

        if (token is null)
        {
            return null;
        }

        RemoveOld();
        var listing = _listings.GetOrAdd(FingerprintOf(token), _ => new Listing { ReadAt = time.GetUtcNow() });
        await listing.Turn.WaitAsync(cancellationToken);
        try
        {
            if (!listing.IsStarted || (more && listing.NextCursor is not null))
            {
                await ReadAsync(listing, token, cancellationToken);
            }

            return new SlackChannelChoices(
                [.. listing.Items.OrderBy(item => item.Name, StringComparer.OrdinalIgnoreCase)],
                listing is { IsStarted: true, NextCursor: null, Failure: null }, listing.Workspace, listing.Failure);
        }
        finally
        {
            listing.Turn.Release();
        }
    }

    private async Task ReadAsync(Listing listing, string token, CancellationToken cancellationToken)
    {
        listing.Failure = null;
        if (!listing.IsStarted && listing.Workspace is null)
        {
            // Only for the workspace's name: what is wrong with the token, the list says itself.
            var identity = await client.TestAuthAsync(token, cancellationToken);
            listing.Workspace = identity.Value?.Team;
            if (identity.Value is { IsEnterpriseInstall: true })
            {
                // Its lists want a workspace, which such a token does not name.
                listing.Failure = new SlackListFailure(null,
                    new CodeExplanation(texts["Picker.OrganisationToken"], texts["Picker.OrganisationToken.Mend"]), null);
                return;
            }
        }

        var answer = await client.ListConversationsAsync(token, listing.Types, null, listing.NextCursor, cancellationToken);
        if (answer.Code == SlackErrors.MissingScope && listing.Types == AllTypes)
        {
            // Many bots may list public channels only.
            listing.Types = PublicOnly;
            answer = await client.ListConversationsAsync(token, listing.Types, null, listing.NextCursor, cancellationToken);
        }

        listing.ReadAt = time.GetUtcNow();
        if (answer.Value is not { } read)
        {
            listing.Failure = Failure(answer.Code, answer.Detail, answer.RetryAfter);
            return;
        }

        // A cursor that does not move would never end.
        listing.NextCursor = read.NextCursor == listing.NextCursor ? null : read.NextCursor;
        listing.IsStarted = true;
        listing.Items.AddRange(read.Items.Where(item => item is { IsArchived: false, Name: not null } && listing.Seen.Add(item.Id))
            .Select(item => new SlackChannelChoice(item.Id, item.Name!, item.IsPrivate, item.IsMember, item.IsExternallyShared,
                item.Members, item.Purpose)));
    }

    private SlackListFailure Failure(string code, string? detail, TimeSpan? retryAfter = null) =>
        new(code, SlackErrors.Explain(texts, code, detail), retryAfter);

    private async Task<string?> TokenOfAsync(int? integrationId, int? workspaceId, string? typed, CancellationToken cancellationToken)
    {
        if (workspaceId is { } chosen)
        {
            return await connections.FindAsync(chosen, cancellationToken) is { } connection
                ? protector.Unprotect(connection.BotToken) : null;
        }

        if (!string.IsNullOrWhiteSpace(typed))
        {
            return typed.Trim();
        }

        return integrationId is { } id && await store.FindAsync(id, cancellationToken) is { Token: { } stored }
            ? protector.Unprotect(stored) : null;
    }

    private void RemoveOld()
    {
        var before = time.GetUtcNow() - KeepFor;
        foreach (var (fingerprint, listing) in _listings)
        {
            if (listing.ReadAt < before || _listings.Count > MostKept)
            {
                _listings.TryRemove(fingerprint, out _);
            }
        }
    }

    private string FingerprintOf(string token) => Convert.ToHexString(HMACSHA256.HashData(_fingerprintKey, Encoding.UTF8.GetBytes(token)));

    private sealed class Listing
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public required DateTimeOffset ReadAt { get; set; }

        public List<SlackChannelChoice> Items { get; } = [];

        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public string Types { get; set; } = AllTypes;

        public string? Workspace { get; set; }

        public bool IsStarted { get; set; }

        public string? NextCursor { get; set; }

        public SlackListFailure? Failure { get; set; }
    }
}

/// <summary>A channel to choose.</summary>
public sealed record SlackChannelChoice(string Id, string Name, bool IsPrivate, bool IsMember, bool IsExternallyShared, int? Members,
    string? Purpose);

/// <summary>What the picker can show.</summary>
/// <param name="IsComplete">False when Slack has, or may have, more: then nothing is known of what is not among them.</param>
/// <param name="Workspace">The name of the token's workspace.</param>
/// <param name="Failure">What stopped the reading.</param>
public sealed record SlackChannelChoices(IReadOnlyList<SlackChannelChoice> Items, bool IsComplete, string? Workspace,
    SlackListFailure? Failure);

/// <param name="Code">Slack's code; null where Slack was not asked.</param>
/// <param name="RetryAfter">How long Slack asked to wait; then the reading goes on.</param>
public sealed record SlackListFailure(string? Code, CodeExplanation Explanation, TimeSpan? RetryAfter);
