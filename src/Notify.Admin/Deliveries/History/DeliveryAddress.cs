using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;

namespace Notify.Admin.Deliveries;

/// <summary>The deliveries page's query string.</summary>
public sealed record DeliveryAddress : HistoryAddress, IHistoryAddress<DeliveryAddress>
{
    public static readonly DeliveryAddress Empty = new();

    /// <summary>Names, separated by commas, in the states' order; empty is every state.</summary>
    public string States { get; init; } = "";

    public ChannelKey? Channel { get; init; }

    public IReadOnlyList<DeliveryState> StateList =>
        [.. States.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(DeliveryStates.Parse).OfType<DeliveryState>()];

    protected override IReadOnlyDictionary<string, string?> Own => new Dictionary<string, string?>
    {
        ["state"] = States.Length > 0 ? States : null,
        ["channel"] = Channel is { } channel ? ToText(channel) : null,
    };

    public static DeliveryAddress Parse(Func<string, string?> value) => Complete(
        new DeliveryAddress
        {
            States = Join((value("state") ?? "").Split(',').Select(DeliveryStates.Parse).OfType<DeliveryState>().Distinct()),
            Channel = ParseChannel(value("channel")),
        },
        value);

    public DeliveryFilter ToFilter(DateTimeOffset now)
    {
        var (from, to) = Period.At(now);
        return new DeliveryFilter { States = StateList, Channel = Channel, From = from, To = to, Text = Text };
    }

    public DeliveryAddress Toggle(DeliveryState state) => this with
    {
        States = Join(StateList.Contains(state) ? StateList.Where(s => s != state) : StateList.Append(state)),
        Cursor = PageCursor.Newest,
    };

    /// <summary><c>slack-3</c>.</summary>
    public static string ToText(ChannelKey channel) => $"{channel.Kind.ToString().ToLowerInvariant()}-{channel.Id}";

    public static ChannelKey? ParseChannel(string? text) =>
        text?.Split('-') is [var kind, var id]
        && Enum.TryParse<ChannelKind>(kind, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            && !char.IsAsciiDigit(kind.FirstOrDefault())
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ChannelKey(parsed, number)
            : null;

    private static string Join(IEnumerable<DeliveryState> states) => string.Join(',', states.Order().Select(DeliveryStates.ToName));
}
