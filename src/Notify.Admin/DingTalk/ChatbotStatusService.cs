using System.Runtime.CompilerServices;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.LivePages;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Another chatbot on the same robot: what both hear arrives twice.</summary>
public sealed record RobotNeighbour(string Name, RuleSubscription Subscription);

/// <summary>What was typed as a webhook, read: where it goes, or why it is refused.</summary>
/// <param name="Host">Null when refused.</param>
/// <param name="Refusal">The reason and the mend, in the current UI culture; null when it was understood.</param>
public sealed record WebhookReading(string? Host, string? LastFour, string? Refusal);

/// <summary>What the chatbots' pages show beside the chatbots themselves: health, neighbours, codes in words.</summary>
internal sealed class ChatbotStatusService(
    DingTalkChatbotStore store, AssetGroupStore groups, WebhookAllowList webhooks, DingTalkExplanations explanations,
    Data.Fingerprints fingerprints, IDeliveryDesk desk, TimeProvider time)
{
    /// <summary>A page of chatbots, with how sending to them goes.</summary>
    public async Task<ListedPage<ChatbotListItem>> ListAsync(ChannelListQuery query, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var names = await groups.ListNamedAsync(cancellationToken);
        var page = await store.ListPageAsync(query, names, cancellationToken);
        var ids = page.Items.Select(chatbot => chatbot.Id).ToList();
        var health = await desk.GetHealthAsync(ChannelKind.DingTalk, ids, cancellationToken);
        var history = await desk.GetHistoryAsync(ChannelKind.DingTalk, ids, cancellationToken);
        return page.Select(chatbot => ChatbotListItem.Of(
            ChatbotView.Of(chatbot), names, health.GetValueOrDefault(chatbot.Id),
            history.GetValueOrDefault(chatbot.Id) ?? HourOfSending.Quiet(time.GetUtcNow())));
    }

    /// <summary>The chatbots of all pages of a list in its order, at most <see cref="ListQuery.MostExported"/>, without the last
    /// hours.</summary>
    public async IAsyncEnumerable<ChatbotListItem> ExportAsync(
        ChannelListQuery query, Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var names = await groups.ListNamedAsync(cancellationToken);
        foreach (var ids in (await store.ListIdsAsync(query, names, cancellationToken)).Chunk(ListExport.AtOnce))
        {
            var health = await desk.GetHealthAsync(ChannelKind.DingTalk, ids, cancellationToken);
            foreach (var chatbot in ListExport.InOrder(ids, await store.FindAllAsync(ids, cancellationToken), row => row.Id))
            {
                yield return ChatbotListItem.Of(ChatbotView.Of(chatbot), names, health.GetValueOrDefault(chatbot.Id), []);
            }
        }
    }

    /// <summary>The channels of all pages of a list by name, at most <see cref="ListQuery.MostSelected"/>.</summary>
    public async Task<IReadOnlyList<ChannelName>> ListNamesAsync(ChannelListQuery query, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await ListNamesAsync(query, ListQuery.MostSelected, actor, cancellationToken);
    }

    /// <summary>The first of them.</summary>
    public async Task<IReadOnlyList<ChannelName>> ListNamesAsync(
        ChannelListQuery query, int most, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await store.ListNamesAsync(query, most, await groups.ListNamedAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The other chatbots that are on and post to the same robot.</summary>
    /// <param name="id">Null for a new chatbot.</param>
    /// <param name="typedWebhook">What is typed; empty means the stored webhook.</param>
    public async Task<IReadOnlyList<RobotNeighbour>> FindNeighboursAsync(int? id, string? typedWebhook, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var fingerprint = !string.IsNullOrWhiteSpace(typedWebhook)
            ? webhooks.TryRead(typedWebhook, out var webhook, out _)
                ? await fingerprints.OfAsync(webhook.Identity, cancellationToken) : null
            : id is { } stored ? (await store.FindAsync(stored, cancellationToken))?.Fingerprint : null;
        return fingerprint is null ? [] : [.. (await store.ListOnRobotAsync(fingerprint, cancellationToken))
            .Where(other => other.Subscription.ChatbotId != id && other.Subscription.IsOn)
            .Select(other => new RobotNeighbour(other.Name, other.Subscription))];
    }

    /// <summary>Reads a webhook while it is typed. Stores nothing.</summary>
    public WebhookReading ReadWebhook(string? typed) => webhooks.TryRead(typed, out var webhook, out var refusal)
        ? new WebhookReading(webhook.Host, webhook.LastFour, null)
        : new WebhookReading(null, null, explanations.Explain(refusal));

    /// <summary>What a code means and how to mend it, in the current UI culture.</summary>
    public CodeExplanation Explain(string code, string? detail) => explanations.Explain(code, detail);

    /// <summary>Why a field is not accepted, in the current UI culture.</summary>
    public string Explain(FieldRefusal refusal) => explanations.Explain(refusal);
}
