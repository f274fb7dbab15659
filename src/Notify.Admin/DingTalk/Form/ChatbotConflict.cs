namespace Notify.Admin.DingTalk;

/// <summary>One field where what somebody else saved and what is typed here differ.</summary>
/// <param name="Field">The form model's property.</param>
/// <param name="Theirs">The stored value; for secrets their last four characters.</param>
/// <param name="Mine">The typed value; for secrets null when they were left alone.</param>
public sealed record ChatbotConflictField(string Field, string Theirs, string? Mine, bool TheyChanged, bool IChanged);

/// <summary>Compares three states of one chatbot: what a form started from, what is stored now, and what is typed.</summary>
internal static class ChatbotConflict
{
    /// <summary>The fields to decide about; empty when nothing that they changed would be overwritten, so that saving needs no
    /// question.</summary>
    public static IReadOnlyList<ChatbotConflictField> Compare(ChatbotView original, ChatbotView theirs, ChatbotFormModel mine)
    {
        var differing = ChatbotFormField.All
            .Where(field => field.Differs(theirs.Values, mine))
            .Select(field => new ChatbotConflictField(
                field.Name,
                field.Read(theirs.Values),
                field.Read(mine),
                field.Differs(original.Values, theirs.Values),
                field.Differs(original.Values, mine)))
            .ToList();
        AddSecret(ChatbotFormField.Webhook, $"{theirs.Host} …{theirs.TokenLastFour}", original.RobotMark != theirs.RobotMark,
            mine.HasWebhook ? mine.Webhook : null);
        AddSecret(ChatbotFormField.Secret, theirs.SecretLastFour is { } four
            ? $"…{four}" : "–", original.SecretMark != theirs.SecretMark, mine.HasSecret ? mine.Secret : null);
        return differing.Exists(field => field.TheyChanged) ? differing : [];

        void AddSecret(string name, string stored, bool theyChanged, string? typed)
        {
            if (theyChanged || typed is not null)
            {
                differing.Add(new ChatbotConflictField(name, stored, LastFour(typed), theyChanged, typed is not null));
            }
        }
    }

    private static string? LastFour(string? secret) => secret?.Trim() switch
    {
        null => null,
        { Length: >= 12 } text => $"…{text[^4..]}",
        _ => "…••••",
    };
}
