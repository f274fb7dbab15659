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

    /// <summary>From where: the way in, after an address as it is.</summary>
    public static string OfOrigin(IStringLocalizer<AuditText> texts, string origin)
    {
        var (address, way) = Split(origin);
        return texts[$"From.{way.Replace(' ', '-')}"] is not { ResourceNotFound: false } words ? origin
            : address.Length == 0 ? words : texts["From", address == "unknown" ? texts["From.unknown"].Value : address, words.Value];
    }

    /// <summary>Who: an e-mail address as it is.</summary>
    public static string OfPerson(IStringLocalizer<AuditText> texts, string name) => name switch
    {
        "system" => texts["Who.System"],
        "anonymous" => texts["Who.Anonymous"],
        _ => name,
    };

    // An address has no blank; a way in may.
    private static (string Address, string Way) Split(string origin) =>
        origin.Split(' ', 2) is [var address, var way] ? (address, way) : ("", origin);
}
