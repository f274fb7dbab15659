namespace Notify.Admin.FunctionAccess;

/// <summary>What a wanted list, or a file of them, has to keep to.</summary>
public enum AccessRule
{
    /// <summary>The type is one that can be set.</summary>
    SettableType = 1,

    /// <summary>Only named entities name anybody.</summary>
    MembersOnlyIfNamed = 2,

    /// <summary>Slack takes so many workspaces or organisations.</summary>
    AtMost = 3,

    /// <summary>An id begins with its letter.</summary>
    Id = 4,

    /// <summary>The file is UTF-8 text.</summary>
    Utf8 = 5,

    /// <summary>The file can be read as the format that it is said to have.</summary>
    Syntax = 6,

    /// <summary>There is a list of functions.</summary>
    FunctionList = 7,

    /// <summary>An entry has fields.</summary>
    Entry = 8,

    /// <summary>A field that has one text.</summary>
    Text = 9,

    /// <summary>A field that has a list of texts.</summary>
    TextList = 10,

    /// <summary>A field that is known: a misspelt one would empty its list.</summary>
    KnownField = 11,

    /// <summary>A field is given once.</summary>
    OnlyOnce = 12,

    /// <summary>Anchors and aliases are not taken: a few lines of them can stand for gigabytes.</summary>
    NoAlias = 13,

    /// <summary>A file holds so many functions.</summary>
    MostFunctions = 14,

    /// <summary>A row has as many cells as the first one.</summary>
    CellCount = 15,

    /// <summary>A quotation mark is closed.</summary>
    ClosedQuote = 16,

    /// <summary>A function is named by its id, or by callback id and app id.</summary>
    FunctionName = 17,

    /// <summary>Only functions that are managed already.</summary>
    Managed = 18,

    /// <summary>Where two workspaces manage it, one is named.</summary>
    OneWorkspace = 19,

    /// <summary>Each function once in a file.</summary>
    FunctionOnce = 20,

    /// <summary>A workspace of this console.</summary>
    Workspace = 21,

    /// <summary>A file names so many people, workspaces and organisations.</summary>
    MostIds = 22,
}

/// <summary>One thing that is wrong with a wanted list, or with a file of them.</summary>
/// <param name="Line">Of the file, from 1; null where there is none.</param>
/// <param name="Field">By Slack's name.</param>
/// <param name="Detail">What the rule is about: the odd id, the limit.</param>
public sealed record AccessProblem(int? Line, string Field, AccessRule Rule, string Detail = "")
{
    /// <summary>The rule for a developer, as the end of a sentence that begins with the field.</summary>
    public string Reason => Rule switch
    {
        AccessRule.SettableType => $"must be one of {string.Join(", ", PermissionTypes.Settable)}",
        AccessRule.MembersOnlyIfNamed => $"may be given only with permission_type {PermissionTypes.NamedEntities}",
        AccessRule.AtMost => $"may name at most {Detail}",
        AccessRule.Id => $"has '{Detail}', which is not an id that begins with {AccessWish.BeginningOf(Field)}",
        AccessRule.Utf8 => "is not UTF-8 text",
        AccessRule.Syntax => $"cannot be read as {Detail}",
        AccessRule.FunctionList => "must be a list with at least one function",
        AccessRule.Entry => "has something else than a function with its fields",
        AccessRule.Text => "is not a text",
        AccessRule.TextList => "is not a list of texts",
        AccessRule.KnownField => "is not known here",
        AccessRule.OnlyOnce => "is given twice",
        AccessRule.NoAlias => "has an anchor or alias (& or *), which are not taken",
        AccessRule.MostFunctions => $"has more than {Detail} functions",
        AccessRule.CellCount => $"has a row whose number of cells is not that of the first row: {Detail}",
        AccessRule.ClosedQuote => "has a quotation mark that is not closed",
        AccessRule.FunctionName => Detail,
        AccessRule.Managed => $"names {Detail}, which is not managed here: add it first",
        AccessRule.OneWorkspace => $"must say in which workspace {Detail} is meant, since several manage it",
        AccessRule.FunctionOnce => $"names the function of line {Detail} again",
        AccessRule.MostIds => $"has lists with more than {Detail} ids together",
        AccessRule.Workspace => "names no Slack workspace of this console",
    };
}
