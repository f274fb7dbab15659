using System.Diagnostics;

namespace Notify.Admin.LiveForms;

/// <summary>What came of saving a form. Exactly one of the cases below.</summary>
/// <typeparam name="T">The thing as it is stored.</typeparam>
public abstract record SaveResult<T>
{
    private protected SaveResult()
    {
    }

    /// <summary>The same with the thing in another shape.</summary>
    public SaveResult<TOther> Select<TOther>(Func<T, TOther> shape) => this switch
    {
        Saved<T> saved => new Saved<TOther>(shape(saved.Stored)),
        Invalid<T> invalid => new Invalid<TOther>(invalid.Refusals),
        Conflict<T> conflict => new Conflict<TOther>(shape(conflict.Theirs)),
        Refused<T> refused => new Refused<TOther>(refused.Refusal),
        Gone<T> => new Gone<TOther>(),
        _ => throw new UnreachableException(),
    };
}

/// <summary>It is stored; also where nothing had to change.</summary>
public sealed record Saved<T>(T Stored) : SaveResult<T>;

/// <summary>What is typed cannot be saved.</summary>
public sealed record Invalid<T>(IReadOnlyList<FieldRefusal> Refusals) : SaveResult<T>;

/// <summary>Somebody else saved since the form was filled, and saving would overwrite it.</summary>
public sealed record Conflict<T>(T Theirs) : SaveResult<T>;

/// <summary>Somebody has deleted it.</summary>
public sealed record Gone<T> : SaveResult<T>;

/// <summary>The vendor did not accept a secret, or could not be asked; nothing was stored.</summary>
public sealed record Refused<T>(VendorRefusal Refusal) : SaveResult<T>;

/// <summary>Why a field's value is not accepted.</summary>
/// <param name="Field">The form model's property.</param>
/// <param name="TextKey">A key of the feature's texts.</param>
/// <param name="Argument">Fills the text's place, where it has one.</param>
public sealed record FieldRefusal(string Field, string TextKey, object? Argument = null);

/// <summary>Why the vendor does not accept a secret.</summary>
/// <param name="Field">The form model's property.</param>
/// <param name="Code">The vendor's code, or one of ours for transport trouble.</param>
/// <param name="Passes">The vendor could not be asked: the same may be accepted later.</param>
public sealed record VendorRefusal(string Field, string Code, string? Detail, bool Passes, TimeSpan? RetryAfter);
