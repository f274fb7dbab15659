namespace Notify.Admin.Data;

/// <summary>Takes the values of rows, in the order of their columns.</summary>
internal interface IPostgresValues
{
    /// <summary>The next value: a <c>bigint</c>; null is NULL.</summary>
    IPostgresValues Add(long? value);

    /// <summary>The next value: an <c>integer</c>; null is NULL.</summary>
    IPostgresValues Add(int? value);

    /// <summary>The next value: a <c>boolean</c>.</summary>
    IPostgresValues Add(bool value);

    /// <summary>The next value as the model stores it.</summary>
    IPostgresValues Add(DateTimeOffset? value);

    /// <summary>The next value: a text; null is NULL.</summary>
    IPostgresValues Add(string? value);
}
