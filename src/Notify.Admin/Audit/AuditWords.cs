using Microsoft.Extensions.Localization;

namespace Notify.Admin.Audit;

/// <summary>Codes of entries in the reader's language.</summary>
internal static class AuditWords
{
    /// <summary>What was done; an action without words stands as it is.</summary>
    public static string OfAction(IStringLocalizer<AuditText> texts, string action) =>
        texts[$"Action.{action}"] is { ResourceNotFound: false } words ? words : action;

    /// <summary>What was changed; a field without words stands as it is.</summary>
    public static string OfField(IStringLocalizer<AuditText> texts, string field) =>
        texts[$"Field.{field}"] is { ResourceNotFound: false } words ? words : field;

    /// <summary>From where: an address and browser as they are.</summary>
    public static string OfOrigin(IStringLocalizer<AuditText> texts, string origin) => origin switch
    {
        "system" => texts["Who.System"],
        "configuration" => texts["From.Configuration"],
        _ => origin,
    };

    /// <summary>Who: an e-mail address as it is.</summary>
    public static string OfPerson(IStringLocalizer<AuditText> texts, string name) => name switch
    {
        "system" => texts["Who.System"],
        "anonymous" => texts["Who.Anonymous"],
        _ => name,
    };
}
