using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>The part of the form about the robot.</summary>
public sealed partial class ChatbotDestinationSection
{
    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>What is typed; this component writes to it and says so through <see cref="OnChanged"/>.</summary>
    [Parameter, EditorRequired]
    public ChatbotFormModel Model { get; set; } = null!;

    /// <summary>What is stored; null for a new chatbot.</summary>
    [Parameter, EditorRequired]
    public ChatbotView? Original { get; set; }

    /// <summary>What is typed as the webhook, read; null where nothing is typed.</summary>
    [Parameter]
    public WebhookReading? Reading { get; set; }

    /// <summary>Others on the same robot.</summary>
    [Parameter]
    public IReadOnlyList<RobotNeighbour> Neighbours { get; set; } = [];

    /// <summary>The name of the property that changed.</summary>
    [Parameter]
    public EventCallback<string> OnChanged { get; set; }

    [CascadingParameter]
    private EditContext? EditContext { get; set; }

    private string TitleId { get; } = ElementIds.Next("destination");

    private string ModeGroup { get; } = ElementIds.Next("security");

    // The field says it already.
    private bool IsRefused =>
        EditContext?.GetValidationMessages(new FieldIdentifier(Model, nameof(ChatbotFormModel.Webhook))).Any() == true;

    private bool IsKeywordMode => Model.SecurityMode == RobotSecurityMode.Keyword;

    // A stored secret is never used with another robot.
    private bool NeedsSecretAgain => Model.HasWebhook && Original is not null;

    private string WebhookHint => Original is null || Model.HasWebhook ? T["Form.Webhook.Hint"] : Original.Host;

    private Task SetNameAsync(string? value)
    {
        Model.Name = value ?? string.Empty;
        return OnChanged.InvokeAsync(nameof(ChatbotFormModel.Name));
    }

    private Task SetWebhookAsync(string? value)
    {
        Model.Webhook = string.IsNullOrEmpty(value) ? null : value;
        return OnChanged.InvokeAsync(nameof(ChatbotFormModel.Webhook));
    }

    private Task SetSecretAsync(string? value)
    {
        Model.Secret = string.IsNullOrEmpty(value) ? null : value;
        return OnChanged.InvokeAsync(nameof(ChatbotFormModel.Secret));
    }

    private Task SetKeywordAsync(string? value)
    {
        Model.Keyword = value ?? string.Empty;
        return OnChanged.InvokeAsync(nameof(ChatbotFormModel.Keyword));
    }

    private Task SetModeAsync(RobotSecurityMode mode)
    {
        Model.SecurityMode = mode;
        return OnChanged.InvokeAsync(nameof(ChatbotFormModel.SecurityMode));
    }
}
