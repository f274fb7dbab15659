using Microsoft.Extensions.Localization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

internal sealed class SlackFinder(
    SlackIntegrationService integrations, IStringLocalizer<SharedText> shared, IStringLocalizer<ChannelPagesText> texts)
    : ChannelFinder(ChannelKind.Slack, shared, texts)
{
    protected override Task<IReadOnlyList<ChannelName>> ListAsync(
        ChannelListQuery query, int most, Actor actor, CancellationToken cancellationToken) =>
        integrations.ListNamesAsync(query, most, actor, cancellationToken);
}
