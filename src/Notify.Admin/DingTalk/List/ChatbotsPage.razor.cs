using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.LivePages;

namespace Notify.Admin.DingTalk;

/// <summary>The chatbots, live.</summary>
public sealed partial class ChatbotsPage
{
    public override ChannelKind Kind => ChannelKind.DingTalk;

    public override string ExportPath => ChatbotExportEndpoint.Path;

    [Inject]
    private DingTalkChatbotService Chatbots { get; set; } = null!;

    [Inject]
    private ChatbotStatusService Status { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    public override Task<IReadOnlyList<ChannelName>> ListNamesAsync() => Status.ListNamesAsync(Query, Actor, Stop);

    public override Task<SwitchOutcome> SwitchAsync(int id, bool isOn, CancellationToken cancellationToken) =>
        Chatbots.SwitchAsync(id, isOn, Actor, cancellationToken);

    public override async Task<(TestOutcome Outcome, string? Refusal)?> TestAsync(int id, CancellationToken cancellationToken) =>
        await Chatbots.TestAsync(id, TestChoice.Newest, Actor, cancellationToken) is not { } outcome ? null
            : (outcome, outcome.Result is { Accepted: false } refused ? Status.Explain(refused.Code, refused.Detail).Meaning : null);

    public override Task<TagOutcome> TagAsync(int id, TagChange change, CancellationToken cancellationToken) =>
        Chatbots.TagAsync(id, change, Actor, cancellationToken);

    public override Task<IReadOnlyDictionary<int, ChannelDelivery>> ListDeliveryAsync(
        IReadOnlyCollection<int> ids, CancellationToken cancellationToken) => Chatbots.ListDeliveryAsync(ids, Actor, cancellationToken);

    public override Task<DeliveryVerdict> SetDeliveryAsync(int id, DeliveryChange change, CancellationToken cancellationToken) =>
        Chatbots.SetDeliveryAsync(id, change, Actor, cancellationToken);

    public override async Task DeleteAsync(int id, CancellationToken cancellationToken) =>
        await Chatbots.DeleteAsync([id], Actor, cancellationToken);

    protected override Task<ListedPage<ChatbotListItem>> ListAsync(
        ChannelListQuery query, CancellationToken cancellationToken) => Status.ListAsync(query, Actor, cancellationToken);
}
