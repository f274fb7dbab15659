using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>All chatbots, live.</summary>
public sealed partial class ChatbotsPage
{
    [Inject]
    private DingTalkChatbotService Chatbots { get; set; } = null!;

    [Inject]
    private ChatbotStatusService Status { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    private string CountText =>
        Matching.Count == Items!.Count ? T["List.Count", Items.Count] : T["List.CountMatching", Matching.Count, Items.Count];

    protected override Task<IReadOnlyList<ChatbotListItem>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        Status.ListAsync(actor, cancellationToken);

    protected override bool Matches(ChatbotListItem item, string? search) => item.Matches(search);

    protected override (int Id, string Name) Identify(ChatbotListItem item) => (item.Chatbot.Id, item.Chatbot.Values.Name);

    protected override Task SwitchAsync(int id, bool isOn, Actor actor, CancellationToken cancellationToken) =>
        Chatbots.SwitchAsync([id], isOn, actor, cancellationToken);
}
