using System.Globalization;
using Notify.Admin.Channels;

namespace Notify.Admin.Sources;

/// <summary>The channels that a source is bound to, as one column holds them.</summary>
internal static class BoundChannels
{
    public const int Most = 50;

    public static IReadOnlyList<ChannelKey> Read(string column) =>
    [
        .. column.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(':'))
            .Select(parts => new ChannelKey(Enum.Parse<ChannelKind>(parts[0], ignoreCase: true),
                int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture))),
    ];

    public static string Write(IEnumerable<ChannelKey> channels) =>
        string.Join(' ', channels.Distinct().Select(channel => $"{Word(channel.Kind)}:{channel.Id}"));

    /// <summary>A kind of channel as scripts write it.</summary>
    public static string Word(ChannelKind kind) => kind switch
    {
        ChannelKind.Slack => "slack",
        ChannelKind.DingTalk => "dingtalk",
    };

    public static ChannelKind? Kind(string? word) => word switch
    {
        "slack" => ChannelKind.Slack,
        "dingtalk" => ChannelKind.DingTalk,
        _ => null,
    };
}
