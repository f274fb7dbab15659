using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>One line of the list.</summary>
/// <param name="Workspace">Whose token it posts with; null where it has one of its own.</param>
public sealed record SlackIntegrationListItem(
    SlackIntegrationView Integration, ChannelHealth? Health, IReadOnlyList<HourOfSending> History, SlackConnectionChoice? Workspace = null)
    : IChannelListItem
{
    public int Id => Integration.Id;

    public string Name => Integration.Values.Name;

    public bool IsOn => Integration.Values.IsOn;

    public DeliveryPolicy Delivery => Integration.Values.Delivery;

    public IReadOnlyList<string> Tags => Integration.Values.Tags;

    public object Settings => (Id, Integration.Version, Workspace);
}
