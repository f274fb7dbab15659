namespace Notify.Admin.Slack;

/// <summary>What an open form holds, as it is kept between two visits.</summary>
/// <param name="Original">What the form was filled from, so that what others saved meanwhile can be told apart.</param>
/// <param name="HadToken">A token was typed, which is not kept.</param>
internal sealed record SlackDraft(SlackIntegrationView? Original, SlackIntegrationFormModel Typed, bool HadToken)
{
    /// <summary>What <paramref name="edit"/> holds; null without changes.</summary>
    public static SlackDraft? Of(SlackIntegrationEdit edit) =>
        edit.IsDirty ? new(edit.Original, edit.Model.Copy(), edit.Model.HasToken) : null;

    public static string KeyOf(int? integrationId) => integrationId is { } id ? $"slack-integration/{id}" : "slack-integration/new";
}
