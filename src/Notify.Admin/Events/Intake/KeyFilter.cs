namespace Notify.Admin.Events;

/// <summary>Tells of most keys that they were never added, without asking the store: a Bloom filter of 8 MiB. At a million keys it is wrong
/// once in thousands, at ten million once in twenty; what is wrong costs a look. Nothing is taken out of it.</summary>
internal sealed class KeyFilter
{
    // A key's bits stand within one line of the processor's cache.
    private const int BlockBits = 9;
    private const int BlockWords = (1 << BlockBits) / WordBits;
    private const int WordBits = 64;
    private const int Blocks = 1 << 17;
    private const int BitsOfKey = 3;

    private readonly ulong[] _words = new ulong[Blocks * BlockWords];

    /// <param name="hash">Random in its 44 lowest bits.</param>
    public void Add(ulong hash)
    {
        for (var bit = 0; bit < BitsOfKey; bit++)
        {
            var (word, mask) = Find(hash, bit);
            Interlocked.Or(ref _words[word], mask);
        }
    }

    public bool MayContain(ulong hash)
    {
        for (var bit = 0; bit < BitsOfKey; bit++)
        {
            var (word, mask) = Find(hash, bit);
            if ((Volatile.Read(ref _words[word]) & mask) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static (int Word, ulong Mask) Find(ulong hash, int bit)
    {
        var block = (int)(hash % Blocks) * BlockWords;
        var within = (int)(hash / Blocks >> (bit * BlockBits)) & ((1 << BlockBits) - 1);
        return (block + (within / WordBits), 1UL << (within % WordBits));
    }
}
