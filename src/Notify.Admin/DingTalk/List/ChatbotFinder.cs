using Microsoft.Extensions.Localization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

internal sealed class ChatbotFinder(
    ChatbotStatusService chatbots, IStringLocalizer<SharedText> shared, IStringLocalizer<ChannelPagesText> texts)
    : ChannelFinder(ChannelKind.DingTalk, shared, texts)
{
    protected override Task<IReadOnlyList<ChannelName>> ListAsync(
        ChannelListQuery query, int most, Actor actor, CancellationToken cancellationToken) =>
        chatbots.ListNamesAsync(query, most, actor, cancellationToken);
}
