using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>Chatbots, each of which hears one asset group: so each event is heard by one of them.</summary>
internal static class LoadChatbots
{
    /// <summary>The asset group of the first chatbot; the others follow.</summary>
    public const int FirstGroup = 100_000;

    /// <param name="perMinute">Messages to one robot; 0 is no pacing.</param>
    public static Dictionary<string, string> Configuration(Uri vendor, int perMinute) => new()
    {
        ["DingTalk:AllowedWebhooks:0"] = new Uri(vendor, "/robot/send").AbsoluteUri,
        ["Delivery:DingTalkPerMinute"] = perMinute.ToString(CultureInfo.InvariantCulture),
    };

    public static async Task AddAsync(NotifyAdminApp app, int count, Uri vendor, int intervalMinutes)
    {
        var chatbots = app.Services.GetRequiredService<DingTalkChatbotService>();
        for (var i = 0; i < count; i++)
        {
            await chatbots.SaveAsync(
                new ChatbotChange
                {
                    Name = $"Chatbot {i}",
                    Webhook = new Uri(vendor, $"/robot/send?access_token={Guid.NewGuid():N}{Guid.NewGuid():N}").AbsoluteUri,
                    Rules = TestChatbots.Everything,
                    GroupIds = [(FirstGroup + i).ToString(CultureInfo.InvariantCulture)],
                    IntervalMinutes = intervalMinutes,
                },
                Actor.System,
                CancellationToken.None);
        }
    }
}
