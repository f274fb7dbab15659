namespace Notify.Admin.LivePages;

/// <summary>What a list is sorted by, and which way.</summary>
public readonly record struct ListOrder<TSort>(TSort Sort, bool Descending)
    where TSort : struct, Enum;

/// <summary>What is sorted by one of its columns.</summary>
public interface ISorted<out TSort>
    where TSort : struct, Enum
{
    TSort Sort { get; }

    bool Descending { get; }
}
