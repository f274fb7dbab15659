using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Test messages, of saved integrations and of what is still being typed, and what mends their failures.</summary>
internal sealed class SlackTestService(
    SlackIntegrationStore store,
    ISlackConnections connections,
    SlackChannel channel,
    SlackClient client,
    SlackIntegrationAudit audit,
    IDeliveryDesk desk,
    SecretProtector protector,
    IStringLocalizer<SlackText> texts)
{
    /// <summary>Tests a saved integration as it is stored.</summary>
    /// <returns>Null when it has been deleted.</returns>
    public async Task<SlackTestVerdict?> SendAsync(int id, TestChoice choice, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        return await store.FindAsync(id, cancellationToken) is { } integration
            ? await SendAsync(integration, choice, actor, cancellationToken) : null;
    }

    /// <summary>Tests what is typed, saving nothing. Its destination must be well-formed.</summary>
    /// <param name="original">What the form was filled from. Its stored token is used where none is typed and the draft is to keep a token
    /// of its own, as the stored one has; a draft with a workspace uses that workspace's.</param>
    /// <returns>Null when <paramref name="original"/> has been deleted.</returns>
    public async Task<SlackTestVerdict?> SendDraftAsync(
        SlackIntegrationView? original, SlackIntegrationFormModel model, TestChoice choice, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await TokenOfAsync(original, model, cancellationToken) is not { } token)
        {
            return null;
        }

        var draft = new SlackIntegration { Name = model.Name.Trim(), ChannelId = model.ChannelId.Trim() };
        model.ApplyTo(draft);
        draft.WorkspaceId = null;
        draft.Token = token;
        return await SendAsync(draft, choice, actor, cancellationToken) is { } verdict
            ? verdict with { Settings = await FingerprintAsync(draft, cancellationToken) } : null;
    }

    /// <summary>Takes a draft's test as that of the saved integration, if the integration is stored with just what was tested.</summary>
    /// <returns>False when it says nothing about what is stored.</returns>
    public async Task<bool> TakeTestAsync(int id, DraftTest test, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (test.Settings is null || await store.FindAsync(id, cancellationToken) is not { } integration
            || test.Settings != await FingerprintAsync(integration, cancellationToken))
        {
            return false;
        }

        await desk.AdoptTestAsync(new ChannelKey(ChannelKind.Slack, id), test.Outcome, cancellationToken);
        return true;
    }

    /// <summary>Makes the bot a member of a public channel.</summary>
    /// <returns>Null when <paramref name="original"/> has been deleted.</returns>
    public async Task<SlackJoinVerdict?> JoinAsync(
        SlackIntegrationView? original, SlackIntegrationFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await TokenOfAsync(original, model, cancellationToken) is not { } token)
        {
            return null;
        }

        var channelId = model.ChannelId.Trim();
        var answer = await CallAsync(token, plain => client.JoinConversationAsync(plain, channelId, cancellationToken));
        await store.RecordAsync(audit.Joined(actor, original, channelId, answer.Code), cancellationToken);
        return new SlackJoinVerdict(
            answer.Ok, answer.Code, answer.Value?.Name, answer.Ok
            ? null : SlackErrors.Explain(texts, answer.Code, answer.Detail), answer.RawAnswer);
    }

    private async Task<SlackTestVerdict?> SendAsync(SlackIntegration integration, TestChoice choice, Actor actor,
        CancellationToken cancellationToken)
    {
        if (await channel.ToDestinationAsync(integration, cancellationToken) is not { } destination)
        {
            return null;
        }

        var outcome = await desk.SendTestAsync(destination, choice, actor, cancellationToken);
        if (outcome.Result is not { Accepted: false } failed)
        {
            return new SlackTestVerdict(outcome, integration.ChannelId, integration.ChannelName, null, CanJoin: false);
        }

        var place = failed.Code == SlackErrors.NotInChannel
            ? await CallAsync(destination.Token, plain => client.GetConversationAsync(plain, integration.ChannelId, cancellationToken))
            : null;
        return new SlackTestVerdict(
            outcome,
            integration.ChannelId,
            place?.Value?.Name ?? integration.ChannelName,
            SlackErrors.Explain(texts, failed.Code, failed.Detail),
            // Without the scope to look it up: an id with C may be public, and Slack will say.
            CanJoin: place is not null && (place.Value is { } found ? !found.IsPrivate : integration.ChannelId.StartsWith('C')));
    }

    private async Task<string?> FingerprintAsync(SlackIntegration integration, CancellationToken cancellationToken) =>
        await channel.ToDestinationAsync(integration, cancellationToken) is { } destination
            ? await channel.FingerprintTestedAsync(destination, cancellationToken) : null;

    /// <summary>The chosen workspace's, or what is typed, or else what is stored; null when that has been deleted.</summary>
    private async Task<ProtectedString?> TokenOfAsync(SlackIntegrationView? original, SlackIntegrationFormModel model,
        CancellationToken cancellationToken) =>
        model.WorkspaceId is { } workspaceId ? (await connections.FindAsync(workspaceId, cancellationToken))?.BotToken
        : model.HasToken ? protector.Protect(model.Token!.Trim())
        : original is null ? null
        : (await store.FindAsync(original.Id, cancellationToken))?.Token;

    private async Task<SlackAnswer<SlackConversation>> CallAsync(ProtectedString token, Func<string,
        Task<SlackAnswer<SlackConversation>>> call)
    {
        try
        {
            return await call(protector.Unprotect(token));
        }
        catch (SecretUnreadableException)
        {
            return new SlackAnswer<SlackConversation> { Code = SlackErrors.TokenUnreadable };
        }
    }
}

/// <summary>What came of a test, with its code in words.</summary>
/// <param name="ChannelName">Without <c>#</c>; null where it is not known.</param>
/// <param name="Explanation">Null when Slack accepted the message, or nothing was sent.</param>
/// <param name="CanJoin">Joining the channel may mend it.</param>
public sealed record SlackTestVerdict(TestOutcome Outcome, string ChannelId, string? ChannelName, CodeExplanation? Explanation,
    bool CanJoin)
{
    /// <summary>Of a draft's test: see <see cref="DraftTest.Settings"/>.</summary>
    public string? Settings { get; init; }
}

/// <summary>What came of joining a channel.</summary>
/// <param name="Explanation">Null when the bot is a member now.</param>
public sealed record SlackJoinVerdict(bool Joined, string Code, string? ChannelName, CodeExplanation? Explanation, string? RawAnswer);
