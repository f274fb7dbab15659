using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Testing;

/// <summary>Chatbots, for tests that are about what happens to them rather than about their form.</summary>
public static class TestChatbots
{
    /// <summary>Hears everything: the preset of that name.</summary>
    public static ConfigList Everything => RulePresets.All.Single(preset => preset.Id == "everything").List;

    /// <summary>Saves a chatbot for one of the sandbox's robots, on a keyword that they all accept, hearing everything.</summary>
    internal static async Task<int> AddChatbotAsync(this NotifyAdminApp app, string token, Func<ChatbotChange, ChatbotChange>? shape = null)
    {
        var change = new ChatbotChange
        {
            Name = $"Chatbot {token}",
            Webhook = app.Sandbox.RobotUrl(token).AbsoluteUri,
            Rules = Everything,
            Security = new SecurityChange(RobotSecurityMode.Keyword, null, Notify.Sandbox.DingTalk.RobotSeeds.Keyword),
        };
        return (await app.SaveChatbotAsync(shape is null ? change : shape(change))).Id;
    }

    /// <summary>Changes a saved chatbot as its form would.</summary>
    internal static async Task EditChatbotAsync(this NotifyAdminApp app, int id, Func<ChatbotChange, ChatbotChange> shape)
    {
        var stored = await app.Chatbots().FindAsync(id, Actor.System, CancellationToken.None)
            ?? throw new InvalidOperationException("No such chatbot.");
        await app.SaveChatbotAsync(shape(new ChatbotChange { Id = id, ExpectedVersion = stored.Version, Name = stored.Name }));
    }

    internal static DingTalkChatbotService Chatbots(this NotifyAdminApp app) => app.Services.GetRequiredService<DingTalkChatbotService>();

    private static async Task<DingTalkChatbot> SaveChatbotAsync(this NotifyAdminApp app, ChatbotChange change)
    {
        var result = await app.Chatbots().SaveAsync(change, Actor.System, CancellationToken.None);
        return result is Saved<DingTalkChatbot> saved
            ? saved.Stored : throw new InvalidOperationException($"Saving the chatbot ended as {result}.");
    }
}
