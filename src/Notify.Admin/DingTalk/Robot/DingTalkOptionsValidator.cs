using Microsoft.Extensions.Options;

namespace Notify.Admin.DingTalk;

/// <summary>Refuses a start with an allowed webhook that no SendUrl could equal.</summary>
internal sealed class DingTalkOptionsValidator : IValidateOptions<DingTalkOptions>
{
    private const string Key = $"{DingTalkOptions.Section}:{nameof(DingTalkOptions.AllowedWebhooks)}";

    public ValidateOptionsResult Validate(string? name, DingTalkOptions options)
    {
        var failures = options.EffectiveWebhooks
            .Select((value, index) => (Value: value, Index: index))
            .Where(webhook => !WebhookAllowList.TryReadEntry(webhook.Value, out _))
            .Select(webhook => $"{Key}:{webhook.Index} is '{WithoutSecrets(webhook.Value)}': give an absolute http or https address "
                + $"without user name, query or fragment, such as {DingTalkOptions.DefaultWebhook}")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // A whole webhook pasted here carries its token, and a user part a password.
    private static string WithoutSecrets(string? value)
    {
        var text = value ?? string.Empty;
        var query = text.IndexOfAny(['?', '#']);
        text = query < 0 ? text : string.Concat(text.AsSpan(0, query + 1), "****");
        var user = text.LastIndexOf('@');
        return user < 0 ? text : string.Concat("****", text.AsSpan(user));
    }
}
