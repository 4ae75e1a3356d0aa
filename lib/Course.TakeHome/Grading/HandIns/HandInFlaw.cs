namespace Course.TakeHome.Grading.HandIns;

/// <summary>Why an archive is not opened any further.</summary>
public enum HandInFlaw
{
    NoArchive,
    TooLarge,
    TooManyEntries,
    Encrypted,
    Link,
    Absolute,
    Outside,
    BadName,
    DuplicateName,
    CollidingName,
    TooDense,
    LyingSize,
    NoManifest,
    BadManifest,
    UnlistedFile,
    MissingFile,
    OtherBytes,
    NoAdapter,
}

/// <summary>An archive that is not what `pack` writes. Nothing of it was written anywhere.</summary>
/// <param name="flaw">The kind.</param>
/// <param name="message">What was expected and what came.</param>
public sealed class HandInRejectedException(HandInFlaw flaw, string message) : CourseException(message)
{
    public HandInFlaw Flaw => flaw;
}
