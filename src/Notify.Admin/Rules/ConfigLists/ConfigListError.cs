using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>The rule that a ConfigList text breaks. The names are stable: scripts may read them.</summary>
public enum ConfigListFault
{
    /// <summary>Args: the unexpected character.</summary>
    NotValidJson,
    EndsTooEarly,

    /// <summary>Args: the limit in characters.</summary>
    TooLong,
    TooDeep,

    /// <summary>Args: expected and found JSON type (<c>array</c>, <c>object</c>, <c>string</c>, <c>number</c>, <c>boolean</c>,
    /// <c>null</c>).</summary>
    WrongType,

    /// <summary>Args: the member's name, the allowed names.</summary>
    UnknownMember,

    /// <summary>Args: the member's name.</summary>
    DuplicateMember,

    /// <summary>Args: the member's name.</summary>
    MissingMember,

    /// <summary>Args: the type as written, the known suffixes.</summary>
    UnknownType,

    /// <summary>Args: the suffix, the path of its first use.</summary>
    RepeatedType,

    /// <summary>Args: the key, the alert type's suffix, its keys.</summary>
    UnknownKey,

    /// <summary>Args: the key, the path of its first use.</summary>
    RepeatedKey,

    /// <summary>Args: the value, the key, the alert type's suffix, the key's values.</summary>
    UnknownValue,

    /// <summary>Args: the value, the path of its first use.</summary>
    RepeatedValue,
    EmptyValueList,
    AllBesideOthers,
    EmptyValue,

    /// <summary>Args: the limit in characters.</summary>
    ValueTooLong,
    ControlCharacter,

    /// <summary>Args: the limit.</summary>
    TooManyValues,
}

/// <summary>One mistake in a ConfigList text, with its place.</summary>
/// <param name="Path">For example <c>[0].configItemList[1].valueList[2]</c>; empty for the text as a whole.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
/// <param name="Offset">From 0, in UTF-16 code units from the start of the text, for selecting it in an editor.</param>
/// <param name="Length">Of the offending text, in UTF-16 code units; may be 0.</param>
/// <param name="Args">What the message names, in the order that <see cref="ConfigListFault"/> gives; long values are shortened.</param>
public sealed record ConfigListError(
    ConfigListFault Fault,
    string Path,
    int Line,
    int Column,
    int Offset,
    int Length,
    ImmutableArray<string> Args)
{
    /// <summary>What is wrong and what to do, one sentence, without the place.</summary>
    public string Describe(RuleLanguage language) => ConfigListErrorText.Describe(this, language);
}
