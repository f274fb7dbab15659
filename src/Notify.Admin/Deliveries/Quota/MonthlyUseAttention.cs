using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Says on the overview and in the bell that a month's messages will not be enough, and which channels send most of them. It is
/// said to people of all zones alike, so the month is that of China, where the vendor is.</summary>
internal sealed class MonthlyUseAttention(
    MonthlyUseService uses, ChannelDirectory directory, IStringLocalizer<DeliveriesText> texts) : IAttentionSource
{
    private const int MostNamed = 3;

    private static readonly TimeZoneInfo China = TimeZoneInfo.CreateCustomTimeZone("UTC+8", TimeSpan.FromHours(8), "UTC+8", "UTC+8");

    public async Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken)
    {
        if (await uses.FindAsync(ChannelKind.DingTalk, China, cancellationToken) is not { UsedUpAt: { } at } use)
        {
            return [];
        }

        var names = await directory.ListAsync(cancellationToken);
        var most = use.Channels.Where(channel => channel.Used > 0).Take(MostNamed).Select(channel => texts["Month.Channel",
            names.Find(channel.Channel)?.Name ?? texts["Month.Deleted"].Value, channel.Used].Value);
        var day = LocalClock.DayOf(China, at).ToString("M", CultureInfo.CurrentCulture);
        return
        [
            new Attention(
                use.IsUsedUp ? texts["Month.Attention.UsedUp"] : texts["Month.Attention", day],
                texts["Month.Attention.Text", use.Used, use.Limit, use.Month.First.ToString("Y", CultureInfo.CurrentCulture),
                    China.Id, use.Forecast, string.Join(texts["Month.Comma"], most)],
                null,
                use.Channels.Count > 0 ? ChannelLinks.ToActivity(use.Channels[0].Channel) : ChannelLinks.ToList(ChannelKind.DingTalk),
                null,
                use.IsUsedUp),
        ];
    }
}
