using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>Finds channels of one kind as their list does; asked for a test, by what is to be tested.</summary>
internal abstract class ChannelFinder(ChannelKind kind, IStringLocalizer<SharedText> shared, IStringLocalizer<ChannelPagesText> texts)
    : IFinder
{
    public async Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken)
    {
        if (text.Words.Count == 0 && !text.AsksForTest)
        {
            return [];
        }

        var channels = await ListAsync(new ChannelListQuery(string.Join(' ', text.Words)), most, actor, cancellationToken);
        return [.. channels.Select(channel => text.AsksForTest
            ? new Found(FoundKind.Test, texts["Find.Test", channel.Name], Detail(channel), IconName.Send, null) { Tests = channel.Key }
            : new Found(FoundKind.Channel, channel.Name, Detail(channel), kind == ChannelKind.Slack ? IconName.Hash : IconName.Bot,
                ChannelLinks.ToForm(channel.Key)))];
    }

    protected abstract Task<IReadOnlyList<ChannelName>> ListAsync(
        ChannelListQuery query, int most, Actor actor, CancellationToken cancellationToken);

    private string Detail(ChannelName channel) =>
        channel.IsOn ? shared[$"Channel.{kind}"] : texts["Find.Off", shared[$"Channel.{kind}"].Value];
}
